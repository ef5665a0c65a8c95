package io.cordon.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Isolate, unisolate and cancel. Contract MDE sections 3.1, 4 and 11. */
final class MdeResponse {
  private static final Map<String, Set<String>> FIELDS = Map.of("Isolate", Set.of("Comment", "IsolationType"), "Unisolate", Set.of("Comment"));

  private final Devices devices;
  private final MdeActions actions;
  private final Clock clock;
  private volatile boolean duplicatesGetTheExisting;

  MdeResponse(Devices devices, MdeActions actions, Clock clock) {
    this.devices = devices;
    this.actions = actions;
    this.clock = clock;
  }

  // two at once must not both find nothing open
  synchronized Answer act(String type, String machineId, Call call) {
    JsonNode body = call.json();
    Optional<Answer> refusal = refusal(type, body);
    Optional<Devices.Device> device = devices.byMdeId(machineId);
    if (refusal.isPresent() || device.isEmpty()) {
      return refusal.orElseGet(MdeErrors::notFound);
    }
    Optional<MdeAction> open = actions.open(type, device.get());
    if (open.isPresent()) {
      return duplicatesGetTheExisting ? answer(201, open.get()) : MdeErrors.of(400, "ActiveRequestAlreadyExists", "Action is already in progress");
    }
    return answer(201, actions.add(type, device.get(), body.path("Comment").asText(), call.hiddenFor()));
  }

  void answerDuplicatesWithTheExistingAction(boolean yes) {
    duplicatesGetTheExisting = yes;
  }

  private static Optional<Answer> refusal(String type, JsonNode body) {
    for (var names = body.fieldNames(); names.hasNext(); ) {
      if (!FIELDS.get(type).contains(names.next())) {
        return Optional.of(MdeErrors.of(400, "InvalidRequestBody", "unknown field"));
      }
    }
    for (String field : FIELDS.get(type)) {
      if (!body.path(field).isTextual()) {
        return Optional.of(MdeErrors.of(400, "MissingRequiredParameter", field));
      }
    }
    return type.equals("Isolate") ? isolationType(body.path("IsolationType").asText()) : Optional.empty();
  }

  private static Optional<Answer> isolationType(String asked) {
    return switch (asked) {
      case "Full" -> Optional.empty();
      case "Selective" -> Optional.of(MdeErrors.of(400, "OsPlatformNotSupported", "Linux isolates fully"));
      case "UnManagedDevice" -> Optional.of(MdeErrors.of(400, "BadRequest", "the machine is onboarded"));
      default -> Optional.of(MdeErrors.of(400, "InvalidInput", "IsolationType"));
    };
  }

  synchronized Answer cancel(String id, JsonNode body) {
    Optional<MdeAction> action = actions.find(id);
    if (action.isEmpty()) {
      return MdeErrors.notFound();
    }
    if (!body.path("Comment").isTextual()) {
      return MdeErrors.of(400, "MissingRequiredParameter", "Comment");
    }
    if (action.get().isFinal()) {
      return MdeErrors.of(400, "BadRequest", "the action is final");
    }
    action.get().cancel(body.path("Comment").asText(), clock.instant());
    return answer(200, action.get());
  }

  private static Answer answer(int status, MdeAction action) {
    return MdeEntities.one(status, "MachineActions", MdeEntities.action(action));
  }
}
