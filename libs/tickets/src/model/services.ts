import type { Text } from '@sinkron/observability';

/** What an applicant must bring; `photo`: as a picture, where no officer sees the paper itself. */
export interface Requirement {
  code: string;
  names: Text;
  required: boolean;
  photo: boolean;
}

/** How a ticket of a service goes its way; what each does is in `workflows.ts`. */
export type WorkflowName = 'resync';

interface ServiceRow {
  code: string;
  names: Text;
  workflow: WorkflowName;
  requirements: readonly Requirement[];
}

/** The services as data: a new one is a new row. */
export const serviceCatalogue = [
  {
    code: 'nik_kk_sync',
    names: { id: 'Sinkronisasi NIK dan KK', en: 'NIK and KK synchronisation' },
    workflow: 'resync',
    requirements: [
      // From lines alone: at the counter the officer sees the paper.
      {
        code: 'family_card',
        names: { id: 'Foto KK terbaru', en: 'Photo of the newest family card' },
        required: true,
        photo: true,
      },
    ],
  },
] as const satisfies readonly ServiceRow[];

export type Service = (typeof serviceCatalogue)[number]['code'];

/** The services as codes, for schemas. */
export const services: readonly Service[] = serviceCatalogue.map(({ code }) => code);

export function serviceOf(code: Service): ServiceRow {
  const row = serviceCatalogue.find((service) => service.code === code);
  if (!row) throw new Error(`There is no service ${code}`);
  return row;
}
