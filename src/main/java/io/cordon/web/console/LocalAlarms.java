package io.cordon.web.console;

import io.cordon.containment.signs.FollowUps;
import io.cordon.containment.watch.OutOfBandActions;
import io.cordon.gate.BreakGlass;
import io.cordon.gate.Reachability;
import io.cordon.platform.people.Person;
import io.cordon.platform.people.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What whoever looks at the console must know when no message gets out. */
@Component
class LocalAlarms {
  private static final Set<Role> WHO = Set.of(Role.SOC_ANALYST, Role.SECURITY_LEAD, Role.CLINICAL_EXECUTIVE);

  private final Reachability reach;
  private final BreakGlass glass;
  private final OutOfBandActions past;
  private final FollowUps signs;
  private final int usual;

  LocalAlarms(Reachability reach, BreakGlass glass, OutOfBandActions past, FollowUps signs, @Value("${cordon.gate.usual-emergencies:3}") int usual) {
    this.reach = reach;
    this.glass = glass;
    this.past = past;
    this.signs = signs;
    this.usual = usual;
  }

  /** One alarm: the name of its text and the number in it. */
  record Alarm(String text, int number) {}

  List<Alarm> of(Person person) {
    List<Alarm> alarms = new ArrayList<>();
    if (WHO.stream().anyMatch(person::has)) {
      add(alarms, "alarm.unreached", reach.unreached(), 0);
      add(alarms, "alarm.isolatedPast", past.standing(), 0);
      add(alarms, "alarm.releasedPast", past.released(), 0);
      add(alarms, "alarm.signs", signs.doubtful(), 0);
      add(alarms, "alarm.emergencies", glass.inThirtyDays(), usual);
    }
    return alarms;
  }

  private static void add(List<Alarm> alarms, String text, int number, int usual) {
    if (number > usual) {
      alarms.add(new Alarm(text, number));
    }
  }
}
