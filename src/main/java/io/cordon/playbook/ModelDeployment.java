package io.cordon.playbook;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Deploys the shipped models and forms at start, under names that do not depend on where they lie. All of them together as
 * soon as one changed: a playbook calls and shows what was deployed with it.
 */
@Component
class ModelDeployment {
  private static final List<String> PATTERNS = List.of("bpmn/*.bpmn", "bpmn/*.dmn", "forms/*.form");

  ModelDeployment(RepositoryService repository) throws IOException {
    var resolver = new PathMatchingResourcePatternResolver();
    var deployment = repository.createDeployment().name("cordon").enableDuplicateFiltering(false);
    for (String pattern : PATTERNS) {
      Resource[] files = resolver.getResources("classpath:/" + pattern);
      Arrays.sort(files, Comparator.comparing(Resource::getFilename));
      for (Resource file : files) {
        String folder = pattern.substring(0, pattern.indexOf('/') + 1);
        deployment.addInputStream(folder + file.getFilename(), file.getInputStream());
      }
    }
    deployment.deploy();
  }
}
