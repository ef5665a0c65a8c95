/**
 * What the hospital knows about its machines and Azure does not, and how it comes together with their tags. Owns the
 * tables asset_register, register_change and register_change_line. May import assets, platform and evidence.
 */
package io.cordon.assets.register;
