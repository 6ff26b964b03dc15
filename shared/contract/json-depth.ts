/** Lists and objects in one another: as deep as everything that a value passes through can follow. */
export const maxJsonDepth = 20;

/** Whether a JSON value is nested deeper than that. */
export const isTooDeep = (value: unknown, levels: number = maxJsonDepth): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((one) => isTooDeep(one, levels - 1));
};
