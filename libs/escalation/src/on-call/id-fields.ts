import { z } from 'zod';

const anExample = '019a0000-0000-7000-8000-000000000000';

/** The id of an officer or of a rota, in the one spelling in which ids are stored and compared. */
export const officerId = z.uuid().toLowerCase().meta({ example: anExample });
export const rotaId = z.uuid().toLowerCase().meta({ example: anExample });
