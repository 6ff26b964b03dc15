/** The tag of a bucket whose objects go with its stack. */
export const emptiedWithStack = 'rollcall:emptied-with-stack';
