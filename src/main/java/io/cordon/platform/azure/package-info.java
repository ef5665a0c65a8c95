/**
 * Credentials for Microsoft clouds and a thin Resource Graph client. The SDKs send through the factory in {@code
 * platform.http}, so there is one trust and one timeout configuration, and their own retries are off.
 */
package io.cordon.platform.azure;
