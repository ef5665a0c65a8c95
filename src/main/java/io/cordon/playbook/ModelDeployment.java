package io.cordon.playbook;

import io.cordon.gate.policy.PolicyStart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Deploys the shipped models and forms at start, under names that do not depend on where they lie. All of them together as
 * soon as one changed: a playbook calls and shows what was deployed with it. A model that breaks a rule stops the start:
 * nothing of it is deployed. The policy table goes its own way: which one is in force is for the hospital to say.
 */
@Component
class ModelDeployment {
  private static final List<String> PATTERNS = List.of("bpmn/*.bpmn", "bpmn/*.dmn", "forms/*.form");

  ModelDeployment(RepositoryService repository, PolicyStart policy) throws IOException {
    Map<String, byte[]> resources = resources();
    ModelCheck.check(
        resources.entrySet().stream()
            .filter(resource -> !resource.getKey().endsWith(".form"))
            .map(resource -> new ModelFile(resource.getKey(), resource.getValue()))
            .toList());
    policy.begin(resources.remove(PolicyEngine.FILE));
    var deployment = repository.createDeployment().name("cordon").enableDuplicateFiltering(false);
    resources.forEach((name, content) -> deployment.addInputStream(name, new ByteArrayInputStream(content)));
    deployment.deploy();
  }

  /** The shipped files by the name under which they are deployed. */
  static Map<String, byte[]> resources() throws IOException {
    var resolver = new PathMatchingResourcePatternResolver();
    Map<String, byte[]> resources = new LinkedHashMap<>();
    for (String pattern : PATTERNS) {
      Resource[] files = resolver.getResources("classpath:/" + pattern);
      Arrays.sort(files, Comparator.comparing(Resource::getFilename));
      for (Resource file : files) {
        resources.put(pattern.substring(0, pattern.indexOf('/') + 1) + file.getFilename(), file.getContentAsByteArray());
      }
    }
    return resources;
  }
}
