package io.cordon.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownWordsTest {
  @ParameterizedTest
  @ValueSource(strings = {
    "6092461b-0000-4bae-87c8-dd1e29b8f83a", "2518093384999999999_6092461b-0000-4bae-87c8-dd1e29b8f83a",
    "da637551227677560813_-961444813", "637551227677560813_961444813", "da6092461b-0000-4bae-87c8-dd1e29b8f83a_1",
    "6092461b-0000-4bae-87c8-dd1e29b8f83a_1", "da6092461b-0000-4bae-87c8-dd1e29b8f83a", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"})
  void knowsTheFormsOfIdsThatProductsDocument(String id) {
    assertThat(KnownWords.isDocumentedId(id)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "00482913", "mrn-00482913", "078-05-1120", "00482913_1", "1971-03-05", "roe.jane.19710305", "da00482913_00482913",
    "6092461b-0000-4bae-87c8-dd1e29b8f83a_00482913", "00482913_6092461b-0000-4bae-87c8-dd1e29b8f83a"})
  void knowsNoNumberOrNameOfAPatient(String id) {
    assertThat(KnownWords.isDocumentedId(id)).isFalse();
    assertThat(KnownWords.vendorId(Optional.of(id))).isEmpty();
  }
}
