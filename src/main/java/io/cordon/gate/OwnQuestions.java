package io.cordon.gate;

import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which of the questions that wait are for somebody to answer, by what their sign-in says of them. It only sorts a list: the
 * gate asks the directory and decides when they answer. One query however many questions there are.
 */
public class OwnQuestions {
  private final JdbcClient jdbc;
  private final Map<String, String> groups;

  /** @param groups clinical service to the Entra group of its approvers */
  OwnQuestions(JdbcClient jdbc, Map<String, String> groups) {
    this.jdbc = jdbc;
    this.groups = groups;
  }

  private record About(String id, boolean asked, boolean answered, boolean emergency) {}

  /**
   * The ids of those that this person can answer next: neither asked for nor answered by them, of their role and service, and
   * their turn. The last question is for whoever may approve, also for those who did.
   */
  public Set<String> among(List<ApprovalRequest> waiting, Person person) {
    Map<String, About> about =
        jdbc.sql(
                """
                select r.id, exists (select 1 from case_requester c where c.case_id = r.case_id and c.tid = :tid and c.oid = :oid) as asked,
                       exists (select 1 from approval_decision d where d.approval_id = r.id and d.request_revision = r.request_revision
                                  and d.tid = :tid and d.oid = :oid) as answered,
                       p.route = 'BREAK_GLASS' as emergency
                  from approval_request r join plan p on p.id = r.plan_id where r.id = any(:ids)""")
            .param("tid", person.tid())
            .param("oid", person.oid())
            .param("ids", waiting.stream().map(ApprovalRequest::id).toArray(String[]::new))
            .query(About.class)
            .list()
            .stream()
            .collect(Collectors.toMap(About::id, one -> one));
    return waiting.stream().filter(request -> isNext(request, about.get(request.id()), person)).map(ApprovalRequest::id).collect(Collectors.toSet());
  }

  private boolean isNext(ApprovalRequest request, About about, Person person) {
    if (about == null || about.asked()) {
      return false;
    }
    if (request.state() == ApprovalState.GRANTED) {
      return isApprover(request, person);
    }
    if (about.answered()) {
      return false;
    }
    boolean bound = request.decisionHash() != null;
    boolean first = (!bound || about.emergency()) && isApprover(request, person);
    boolean second = request.quorum() > 1 && (bound || about.emergency()) && person.has(Role.SECURITY_LEAD);
    return first || second;
  }

  private boolean isApprover(ApprovalRequest request, Person person) {
    boolean ofAService = Role.CLINICAL_APPROVER.claim().equals(request.approverRole());
    String group = groups.get(request.clinicalService());
    return person.roles().contains(request.approverRole()) && (!ofAService || group != null && person.groups().contains(group));
  }
}
