import { bareValue } from '@sinkron/identity';
import { officeCode } from '@sinkron/offices';
import { prose, transferOutcomes } from '@sinkron/tickets';
import { z } from 'zod';

export const bulkTransfer = z
  .strictObject({
    tickets: z
      .array(z.string().overwrite(bareValue).min(1).max(40))
      .min(1)
      .max(500)
      .describe('Codes of tickets, at most 500'),
    office: officeCode,
    note: prose(500).describe('Why, in your own words; kept with each ticket'),
  })
  .meta({ example: { tickets: ['7K3M-XQ94-HTRJ'], office: '3509', note: 'Kantor Anda digabung.' } });

export const transferAnswer = z.object({
  office: z.string().describe('Code of the office to which they went'),
  items: z
    .array(
      z.object({
        ticket: z.string().describe('As it was given'),
        outcome: z
          .enum(transferOutcomes)
          .describe(
            '`not_yours`: another office handles it and yours only takes part; `not_now`: the ticket is closed',
          ),
      }),
    )
    .describe('In the order of the list'),
});
