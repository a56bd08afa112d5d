import { foldPasted } from '@sinkron/identity';
import { z } from 'zod';

/** What people write for a choice, in small letters. */
const otherWords: Record<string, string> = {
  wib: 'Asia/Jakarta',
  wita: 'Asia/Makassar',
  wit: 'Asia/Jayapura',
  nasional: 'nation',
  pusat: 'nation',
  provinsi: 'province',
  kantor: 'office',
  petugas: 'officer',
  penyelia: 'supervisor',
  penghubung: 'liaison',
};

/** A cell as the field takes it: of a choice in any case, and by the words that people have for it; others stay. */
export function meant(cell: string, field: z.ZodType): string {
  const choices = choicesOf(field);
  if (!choices) return cell;
  const word = foldPasted(cell).trim().toLowerCase();
  const choice = otherWords[word] ?? word;
  return choices.find((option) => option.toLowerCase() === choice.toLowerCase()) ?? cell;
}

function choicesOf(field: z.ZodType): string[] | null {
  if (field instanceof z.ZodOptional) return choicesOf(field.unwrap() as z.ZodType);
  return field instanceof z.ZodEnum ? field.options.map(String) : null;
}
