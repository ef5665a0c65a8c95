package io.cordon.web.api;

import java.util.List;

/** A list as the API answers it; next says where to continue, null at the end. */
public record Page<T>(List<T> items, String next) {
  /** A list that its source bounds, given whole. */
  public static <T> Page<T> whole(List<T> items) {
    return new Page<>(items, null);
  }
}
