package io.cordon.platform.azure;

import java.util.ArrayList;
import java.util.List;

/** Gives {@code token-for-<scope>} and remembers which scopes were forgotten. */
public final class FixedTokens implements AccessTokens {
  public final List<String> forgotten = new ArrayList<>();

  @Override
  public String bearer(String scope) {
    return "token-for-" + scope;
  }

  @Override
  public void forget(String scope) {
    forgotten.add(scope);
  }
}
