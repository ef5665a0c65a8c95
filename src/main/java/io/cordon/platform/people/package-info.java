/** Who somebody is: tenant, object id, app roles and groups as their token states them. Imports nothing of Cordon. */
package io.cordon.platform.people;
