/** Seconds after which every function that began before has ended: a function lives 900 s at most (an AWS limit). */
export const settlingSeconds = 900;
