/** Writes JSON Schemas of description files from the records that they are bound to. */
package org.inferchip.arch.schema;
