/**
 * Cordon: contains a hospital's Linux servers only after Clinical Ops agreed, and proves it afterwards. Here is only the
 * main class; the packages below are layers, low to high: platform, evidence, assets, then alerts and gate, then channels
 * and containment, then playbook, then web. What each may import is checked by ArchitectureTest.
 */
package io.cordon;
