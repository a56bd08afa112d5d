const sentences = {
  nik_not_16_digits: {
    id: 'NIK harus 16 angka. Ketik ulang dari KTP atau KK, tanpa spasi atau tanda lain.',
    en: 'A NIK has 16 digits. Type it again from the identity or family card, without spaces or other signs.',
  },
  nik_province_unknown: {
    id: 'Dua angka pertama NIK bukan kode provinsi. Periksa lagi awal NIK pada KTP atau KK.',
    en: 'The first two digits of the NIK are no province code. Check its beginning on the identity or family card.',
  },
  nik_date_impossible: {
    id: 'Angka ke-7 sampai ke-12 pada NIK bukan tanggal yang ada. Periksa lagi pada KTP atau KK.',
    en: 'Digits 7 to 12 of the NIK are not a real date. Check them on the identity or family card.',
  },
  nik_serial_zero: {
    id: 'Empat angka terakhir NIK tidak boleh nol semua. Periksa lagi akhir NIK pada KTP atau KK.',
    en: 'The last four digits of a NIK are never all zero. Check its end on the identity or family card.',
  },
  nik_regency_unknown: {
    id: 'Kode kabupaten/kota pada NIK tidak ada dalam daftar. Cocokkan dengan KTP atau KK; bila sama, lanjutkan.',
    en: 'The regency code of the NIK is not on the list. Compare with the identity or family card; if equal, go on.',
  },
  nik_district_unknown: {
    id: 'Kode kecamatan pada NIK tidak ada dalam daftar. Cocokkan dengan KTP atau KK; bila sama, lanjutkan.',
    en: 'The district code of the NIK is not on the list. Compare with the identity or family card; if equal, go on.',
  },
  nik_birth_date_differs: {
    id: 'Tanggal lahir berbeda dari tanggal pada NIK. Cocokkan keduanya dengan KTP atau KK; NIK memang tidak berubah bila tanggal lahir dibetulkan.',
    en: 'The birth date differs from the date in the NIK. Compare both with the identity or family card; a NIK rightly stays when a birth date is corrected.',
  },
  nik_sex_differs: {
    id: 'Jenis kelamin berbeda dari yang tertulis pada NIK. Cocokkan keduanya dengan KTP atau KK.',
    en: 'The sex differs from the one in the NIK. Compare both with the identity or family card.',
  },
  kk_not_16_digits: {
    id: 'Nomor KK harus 16 angka. Ketik ulang dari KK terbaru, tanpa spasi atau tanda lain.',
    en: 'A KK number has 16 digits. Type it again from the newest family card, without spaces or other signs.',
  },
  kk_equals_nik: {
    id: 'Nomor KK sama dengan NIK. Nomor KK ada di bagian atas KK, di bawah judul; NIK ada di dalam tabelnya.',
    en: 'The KK number equals the NIK. The KK number is at the top of the family card, below the title; the NIK is in its table.',
  },
  kk_region_unknown: {
    id: 'Kode wilayah pada nomor KK tidak ada dalam daftar. Cocokkan dengan KK; bila sama, lanjutkan.',
    en: 'The region code of the KK number is not on the list. Compare with the family card; if equal, go on.',
  },
  kk_date_odd: {
    id: 'Angka ke-7 sampai ke-12 pada nomor KK bukan tanggal pencatatan yang wajar. Cocokkan dengan KK; bila sama, lanjutkan.',
    en: 'Digits 7 to 12 of the KK number are no likely date of recording. Compare with the family card; if equal, go on.',
  },
  kk_serial_zero: {
    id: 'Empat angka terakhir nomor KK nol semua. Cocokkan dengan KK; bila sama, lanjutkan.',
    en: 'The last four digits of the KK number are all zero. Compare with the family card; if equal, go on.',
  },
  kk_same_as_previous: {
    id: 'Nomor KK sama dengan nomor KK lama. Isi nomor dari KK terbaru, atau kosongkan nomor KK lama bila tidak berganti.',
    en: 'The KK number equals the previous one. Give the number of the newest family card, or leave the previous one empty if it did not change.',
  },
  phone_not_a_number: {
    id: 'Nomor telepon tidak dikenali. Tulis seperti 0810… atau +62810…, satu nomor saja.',
    en: 'The phone number is not recognised. Write it like 0810… or +62810…, one number only.',
  },
  name_empty: {
    id: 'Nama belum diisi. Tulis nama lengkap seperti pada KTP atau KK.',
    en: 'The name is missing. Write the full name as on the identity or family card.',
  },
  name_too_long: {
    id: 'Nama paling panjang 100 huruf. Tulis nama lengkap saja, seperti pada KTP atau KK.',
    en: 'A name has at most 100 characters. Write the full name only, as on the identity or family card.',
  },
  name_has_control_characters: {
    id: 'Nama berisi tanda yang tidak terlihat. Hapus lalu ketik ulang namanya, jangan ditempel.',
    en: 'The name holds invisible signs. Delete it and type the name again instead of pasting it.',
  },
  name_unreadable: {
    id: 'Nama berisi huruf yang rusak (�). Ketik ulang nama lengkapnya seperti pada KTP atau KK.',
    en: 'The name holds a broken letter (�). Type the full name again as on the identity or family card.',
  },
  place_unreadable: {
    id: 'Tempat lahir berisi huruf yang rusak (�). Ketik ulang seperti pada KTP atau KK.',
    en: 'The place of birth holds a broken letter (�). Type it again as on the identity or family card.',
  },
  name_has_digits: {
    id: 'Nama berisi angka. Cocokkan dengan KTP atau KK; bila sama, lanjutkan.',
    en: 'The name holds digits. Compare with the identity or family card; if equal, go on.',
  },
} as const satisfies Record<string, { id: string; en: string }>;

export type FindingCode = keyof typeof sentences;

/** What is wrong or odd about a value, and how to correct it, in both languages; never the value itself. */
export interface Finding {
  code: FindingCode;
  message: { id: string; en: string };
}

export const findingCodes = Object.keys(sentences) as FindingCode[];

/** The finding of that code with its sentences. */
export function finding(code: FindingCode): Finding {
  return { code, message: sentences[code] };
}
