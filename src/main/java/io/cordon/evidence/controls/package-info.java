/** Answers a compliance officer: which events satisfy which control, and which changes of a period do not hold. */
package io.cordon.evidence.controls;
