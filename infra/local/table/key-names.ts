/** The names of the keys of tables and, by their names, of their indexes; the table's own are under the empty name. */
export type KeyNames = Readonly<
  Record<string, Readonly<Record<string, { readonly partition: string; readonly sort?: string }>>>
>;
