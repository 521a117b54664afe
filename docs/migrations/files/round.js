/* Used by map-values.md: amounts in whole units. */
export default (value) => Math.round(value);
