import type { Office, OfficeLevel } from './office';
import type { OfficeInput } from './office-schemas';
import type { OfficeTree } from './office-tree';
import type { Scope } from './scope';
import { type FieldError, fieldError } from '@sinkron/observability';

// Rules of the tree. How long an office's tickets may take is no rule of it: libs/tickets/src/model/deadlines.ts.

const levelAbove: Record<OfficeLevel, OfficeLevel | null> = {
  nation: null,
  province: 'nation',
  office: 'province',
};

/** Offices that are judged together, found by their codes: a list may be long. */
export class GivenOffices {
  readonly nation: OfficeInput | null;
  private readonly first = new Map<string, OfficeInput>();

  constructor(inputs: readonly OfficeInput[]) {
    this.nation = inputs.find(({ level }) => level === 'nation') ?? null;
    for (const input of inputs) if (!this.first.has(input.code)) this.first.set(input.code, input);
  }

  /** The first one with this code. */
  find(code: string): OfficeInput | null {
    return this.first.get(code) ?? null;
  }
}

/** What is wrong with an office in the tree as it would be with all the given ones: parent, code, level. */
export function officeErrors(input: OfficeInput, given: GivenOffices, tree: OfficeTree): FieldError[] {
  return [...codeErrors(input, given, tree), ...parentErrors(input, given, tree)];
}

function codeErrors(input: OfficeInput, given: GivenOffices, tree: OfficeTree): FieldError[] {
  const errors: FieldError[] = [];
  if (given.find(input.code) !== input) {
    errors.push(
      fieldError(
        'code',
        'code_repeated',
        'Kode ini sudah ada di atas.',
        'This code appears further up already.',
      ),
    );
  }
  const known = tree.findByCode(input.code);
  if (known && known.level !== input.level) {
    errors.push(
      fieldError(
        'level',
        'level_fixed',
        'Tingkat kantor tidak dapat diubah; buat kantor baru dengan kode lain.',
        'The level of an office never changes; make a new office with another code.',
      ),
    );
  }
  const nation = tree.nation?.code ?? given.nation?.code;
  if (input.level === 'nation' && nation !== input.code) {
    errors.push(
      fieldError(
        'level',
        'nation_exists',
        'Hanya boleh ada satu tingkat nasional.',
        'There can be one nation only.',
      ),
    );
  }
  return errors;
}

function parentErrors(input: OfficeInput, given: GivenOffices, tree: OfficeTree): FieldError[] {
  const parent = input.parent === undefined ? null : tree.findByCode(input.parent);
  // What hangs there already goes to the successor by itself.
  const hangsThere = parent !== null && tree.findByCode(input.code)?.parentId === parent.id;
  const closed = parent && !hangsThere ? officeClosed('parent', parent, tree) : [];
  if (closed.length > 0) return closed;
  const expected = levelAbove[input.level];
  const actual = input.parent === undefined ? null : levelOf(input.parent, given, tree);
  if (expected === actual) return [];
  if (expected === null) {
    return [
      fieldError(
        'parent',
        'parent_forbidden',
        'Tingkat nasional tidak mempunyai induk.',
        'The nation has no parent.',
      ),
    ];
  }
  return [
    fieldError(
      'parent',
      'parent_level',
      `Induk harus kode kantor yang ada, dengan tingkat ${expected}.`,
      `The parent must be the code of a known office of level ${expected}.`,
    ),
  ];
}

/** `undefined` when there is no such office. */
function levelOf(code: string, given: GivenOffices, tree: OfficeTree): OfficeLevel | undefined {
  return (given.find(code) ?? tree.findByCode(code))?.level;
}

/** A parent outside the scope of whoever administers does not exist for them. */
export function parentOutOfScope(parent: string | undefined, scope: Scope, tree: OfficeTree): FieldError[] {
  if (parent === undefined) return [];
  const office = tree.findByCode(parent);
  return office && !scope.includes(office.id) ? [officeUnknown('parent')] : [];
}

/** For a code that names no office, or none that the actor may see. */
export function officeUnknown(field: string): FieldError {
  return fieldError(
    field,
    'office_unknown',
    'Kode kantor tidak dikenal atau di luar wilayah Anda.',
    'The office code is not known or outside your area.',
  );
}

/** The office to which somebody gives something new: known, inside the scope, and neither closing nor closed. */
export function placeErrors(field: string, code: string, scope: Scope, tree: OfficeTree): FieldError[] {
  const office = tree.findByCode(code);
  if (!office || !scope.includes(office.id)) return [officeUnknown(field)];
  return officeClosed(field, office, tree);
}

/** Nothing new goes to an office that is closing or closed: its successor has it. */
export function officeClosed(field: string, { id, code }: Office, tree: OfficeTree): FieldError[] {
  const successor = tree.successors(id).at(-1);
  if (!successor) return [];
  return [
    fieldError(
      field,
      'office_closed',
      `Kantor ${code} sedang ditutup atau sudah tutup; penggantinya ${successor.code}.`,
      `Office ${code} is closing or closed; its successor is ${successor.code}.`,
    ),
  ];
}

/** What is wrong with an office as the successor of one that is to close. */
export function successorErrors(office: Office, successor: Office, tree: OfficeTree): FieldError[] {
  if (successor.id === office.id) {
    return [
      fieldError(
        'successor',
        'successor_same',
        'Pengganti harus kantor lain.',
        'The successor must be another office.',
      ),
    ];
  }
  if (successor.level !== office.level) {
    return [
      fieldError(
        'successor',
        'successor_level',
        `Pengganti harus setingkat: ${office.level}.`,
        `The successor must be of the same level: ${office.level}.`,
      ),
    ];
  }
  return officeClosed('successor', successor, tree);
}
