package io.cordon.platform.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.exception.ManagementException;
import com.azure.core.management.profile.AzureProfile;
import com.azure.resourcemanager.resourcegraph.ResourceGraphManager;
import com.azure.resourcemanager.resourcegraph.models.QueryRequest;
import com.azure.resourcemanager.resourcegraph.models.QueryRequestOptions;
import com.azure.resourcemanager.resourcegraph.models.QueryResponse;
import com.azure.resourcemanager.resourcegraph.models.ResultFormat;
import com.azure.resourcemanager.resourcegraph.models.ResultTruncated;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Resource Graph through the SDK, with our own HTTP underneath and no retry: one request per call. */
final class ResourceGraphHttp implements ResourceGraph {
  private final ResourceGraphManager manager;
  private final AccessTokens tokens;
  private final String scope;

  ResourceGraphHttp(ArmSettings settings, AccessTokens tokens, HttpClient http) {
    this.tokens = tokens;
    this.scope = settings.scope();
    HttpPipeline pipeline =
        new HttpPipelineBuilder()
            .httpClient(http)
            .policies(
                (context, next) -> {
                  context.getHttpRequest().setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + tokens.bearer(scope));
                  return next.process();
                })
            .build();
    this.manager = ResourceGraphManager.authenticate(pipeline, profile(settings.baseUrl()));
  }

  @Override
  public List<Map<String, Object>> query(List<String> subscriptions, String kql, int max) {
    QueryRequest request =
        new QueryRequest()
            .withSubscriptions(subscriptions)
            .withQuery(kql)
            .withOptions(new QueryRequestOptions().withResultFormat(ResultFormat.OBJECT_ARRAY).withTop(max));
    try {
      return rows(manager.resourceProviders().resources(request));
    } catch (ManagementException e) {
      throw refused(e.getResponse() == null ? 0 : e.getResponse().getStatusCode());
    } catch (ResourceGraphException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new ResourceGraphException(0, e.getClass().getSimpleName());
    }
  }

  private ResourceGraphException refused(int status) {
    if (status == 401) {
      tokens.forget(scope);
    }
    return new ResourceGraphException(status, "refused");
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> rows(QueryResponse response) {
    if (response.resultTruncated() == ResultTruncated.TRUE || response.skipToken() != null) {
      throw new ResourceGraphException(200, "more rows than asked for");
    }
    if (!(response.data() instanceof List<?> data) || !data.stream().allMatch(row -> row instanceof Map)) {
      throw new ResourceGraphException(200, "unexpected shape");
    }
    return (List<Map<String, Object>>) data;
  }

  private static AzureProfile profile(String baseUrl) {
    String url = baseUrl.endsWith("/") ? baseUrl : baseUrl + "/";
    Map<String, String> endpoints = new HashMap<>(AzureEnvironment.AZURE.getEndpoints());
    endpoints.put("resourceManagerEndpointUrl", url);
    endpoints.put("managementEndpointUrl", url);
    return new AzureProfile(null, null, new AzureEnvironment(endpoints));
  }
}
