/**
 * How old in milliseconds what a process knows of anybody's rights may be: of officers, of their sessions and tokens,
 * and of the tree of offices. By this age a process asks the database whether something has changed, so that a right
 * that is taken away ends within a second everywhere, without Redis. No profile scales it.
 */
export const rightsAge = 400;
