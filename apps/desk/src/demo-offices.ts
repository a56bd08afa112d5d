import type { OfficerLine } from '@sinkron/accounts';
import type { ContactInput } from '@sinkron/escalation';
import type { OfficeInput } from '@sinkron/offices';

/** The demo's tree: two provinces with two offices each. Their codes are the region codes. */
const zone = 'Asia/Jakarta';
export const demoOffices: OfficeInput[] = [
  { code: 'ID', name: 'Pusat', level: 'nation', zone },
  { code: '33', name: 'Provinsi Jawa Tengah', level: 'province', parent: 'ID', zone },
  { code: '35', name: 'Provinsi Jawa Timur', level: 'province', parent: 'ID', zone },
  { code: '3319', name: 'Disdukcapil Kabupaten Kudus', level: 'office', parent: '33', zone },
  { code: '3321', name: 'Disdukcapil Kabupaten Demak', level: 'office', parent: '33', zone },
  { code: '3509', name: 'Disdukcapil Kabupaten Jember', level: 'office', parent: '35', zone },
  { code: '3510', name: 'Disdukcapil Kabupaten Banyuwangi', level: 'office', parent: '35', zone },
];

const address = (name: string) => `${name}@demo.sinkron.test`;

/** The officers whose passwords the demo tells. */
export const demoSignIns = {
  officer: address('petugas.kudus'),
  supervisor: address('kepala.kudus'),
  admin: address('admin'),
};

/** These have the officer's password, so that one can look from elsewhere without another secret. */
export const demoColleagues = [address('petugas.jember')];

export const demoOfficers: OfficerLine[] = [
  {
    email: address('petugas.kudus'),
    name: 'Melati Lestari',
    role: 'officer',
    office: '3319',
    phone: '+628100000011',
  },
  { email: address('petugas.jember'), name: 'Surya Bahari', role: 'officer', office: '3509' },
  { email: address('kepala.kudus'), name: 'Cempaka Halimun', role: 'supervisor', office: '3319' },
  { email: address('admin'), name: 'Langit Sagara', role: 'admin', office: 'ID' },
];

/** `+62810…` is a form that no operator is known to give out. */
export const demoContacts: ContactInput[] = [
  { office: 'ID', name: 'Intan Pertiwi', phone: '+628100000001', role: 'Piket konsolidasi data' },
  { office: 'ID', name: 'Wira Cendana', phone: '+628100000002', role: 'Pengganti piket' },
];
