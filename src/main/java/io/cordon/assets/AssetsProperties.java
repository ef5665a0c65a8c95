package io.cordon.assets;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How old facts about a machine may be.
 *
 * @param freshFor younger ones are used without reading again; 10 minutes unless set
 * @param staleAfter older ones that cannot be read again count as unknown; 1 hour unless set
 * @param remembered how many look-ups are kept in memory; 20,000 unless set
 */
@ConfigurationProperties("cordon.assets")
record AssetsProperties(Duration freshFor, Duration staleAfter, Integer remembered) {
  AssetsProperties {
    freshFor = freshFor == null ? Duration.ofMinutes(10) : freshFor;
    staleAfter = staleAfter == null ? Duration.ofHours(1) : staleAfter;
    remembered = remembered == null ? 20_000 : remembered;
    if (freshFor.isNegative() || staleAfter.compareTo(freshFor) < 0 || remembered < 1) {
      throw new IllegalArgumentException("cordon.assets: fresh-for must not be negative nor longer than stale-after");
    }
  }
}
