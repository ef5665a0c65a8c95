package io.cordon.web.api;

import java.util.List;

/** A list as the API answers it; next is the id to continue after, null at the end. */
record Page<T>(List<T> items, String next) {
  static <T> Page<T> whole(List<T> items) {
    return new Page<>(items, null);
  }
}
