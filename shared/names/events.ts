/** The `source` of every event that Rollcall puts on its bus. */
export const eventSource = 'rollcall';
