/** The size of a test that proves more the larger it is: that of every day, or the large one under `SOAK=true npm test`. */
export const sized = (everyDay: number, soaking: number): number => (process.env.SOAK === 'true' ? soaking : everyDay);
