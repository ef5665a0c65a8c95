package io.cordon.gate;

import io.cordon.gate.DecisionRules.Question;
import io.cordon.gate.DecisionRules.Rule;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import java.util.List;
import java.util.Optional;

/** The rules about who answers, whatever the answer is. Each is a pure function. */
final class ApproverRules {
  static final List<Rule> ALL =
      List.of(
          ApproverRules::isOfTheTenant,
          ApproverRules::isNotARequester,
          ApproverRules::isVouchedFor,
          ApproverRules::hasAnAccountOfTheHospital,
          ApproverRules::hasTheRole,
          ApproverRules::isOfTheClinicalService);

  private ApproverRules() {}

  static Optional<Refusal> isOfTheTenant(Question q) {
    return DecisionRules.refuseIf(!q.tenantId().equals(q.decision().person().tid()), Refusal.WRONG_TENANT);
  }

  /** The same object id in another tenant is another person. */
  static Optional<Refusal> isNotARequester(Question q) {
    return DecisionRules.refuseIf(q.requesters().stream().anyMatch(one -> one.is(q.decision().person())), Refusal.IS_A_REQUESTER);
  }

  static Optional<Refusal> isVouchedFor(Question q) {
    return DecisionRules.refuseIf(q.vouching() == Standing.Source.NOBODY, Refusal.DIRECTORY_AWAY);
  }

  static Optional<Refusal> hasAnAccountOfTheHospital(Question q) {
    return switch (q.vouching()) {
      case NO_ACCOUNT -> Optional.of(Refusal.ACCOUNT_CLOSED);
      case GUEST -> Optional.of(Refusal.GUEST_ACCOUNT);
      default -> Optional.empty();
    };
  }

  /** Where two roles must agree, the second is a security lead. */
  static Optional<Refusal> hasTheRole(Question q) {
    Person person = q.decision().person();
    boolean second = q.request().quorum() > 1 && person.has(Role.SECURITY_LEAD);
    return DecisionRules.refuseIf(!q.actsAsApprover() && !second, Refusal.ROLE_MISSING);
  }

  /** A clinical approver answers for own services; an executive or a security lead for all. */
  static Optional<Refusal> isOfTheClinicalService(Question q) {
    boolean bound = q.actsAsApprover() && Role.CLINICAL_APPROVER.claim().equals(q.request().approverRole());
    boolean member = q.serviceGroup() != null && q.decision().person().groups().contains(q.serviceGroup());
    return DecisionRules.refuseIf(bound && !member, Refusal.OTHER_CLINICAL_SERVICE);
  }
}
