package io.cordon.web.api;

import java.util.List;

/** A list as the API answers it; next says where to continue, null at the end. */
record Page<T>(List<T> items, String next) {}
