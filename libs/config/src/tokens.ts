/** The decided configuration, for injection. */
export const CONFIG = Symbol('config');

/** The process's logger, for injection. */
export const LOGGER = Symbol('logger');
