import { template } from './template';

const code = '7K3M-XQ94-HTRJ';
const office = 'Disdukcapil Kabupaten Kudus';
const checkAt = 'https://sinkron.example/cek';

/** Notices to applicants: short enough for a small phone, and without name, NIK or KK, because others may read along. */
export const noticeTemplates = {
  notice_received: template({
    purpose: {
      id: 'Kepada pemohon yang ingin dikabari: laporan diterima.',
      en: 'To an applicant who wants notices: the complaint was received.',
    },
    variables: {
      office,
      code,
      dueAt: {
        id: 'Selasa, 24 November 2026 pukul 10.05 WIB',
        en: 'Tuesday, 24 November 2026 at 10:05 WIB',
      },
      checkAt,
    },
    subject: { id: 'Laporan {{code}} diterima', en: 'Report {{code}} received' },
    text: {
      id:
        'Laporan NIK/KK Anda sudah diterima {{office}}.\nKode laporan: {{code}}\n' +
        'Paling lambat {{dueAt}} data sudah sesuai atau petugas menindaklanjuti.\n' +
        'Cek di {{checkAt}} dengan kode ini dan tanggal lahir Anda.\n' +
        'Simpan pesan ini. Petugas tidak pernah meminta kata sandi Anda.',
      en:
        'Your NIK/KK report was received by {{office}}.\nReport code: {{code}}\n' +
        'By {{dueAt}} the data agree or an officer follows up.\n' +
        'Check at {{checkAt}} with this code and your birth date.\n' +
        'Keep this message. Officers never ask for your password.',
    },
    approved: 'sinkron_received',
  }),
  notice_documents: template({
    purpose: {
      id: 'Kepada pemohon: laporan ditangguhkan karena persyaratan kurang; apa yang kurang dan ke mana dibawa.',
      en: 'To the applicant: the report rests because something is missing; what, and where to bring it.',
    },
    variables: {
      code,
      documents: { id: 'KK terbaru, KTP-el', en: 'newest family card, identity card' },
      office,
    },
    subject: { id: 'Laporan {{code}}: persyaratan kurang', en: 'Report {{code}}: something is missing' },
    text: {
      id:
        'Laporan {{code}} belum bisa dilanjutkan. Yang masih kurang: {{documents}}.\n' +
        'Bawa dokumen aslinya ke {{office}} dan sebutkan kode laporan ini.\n' +
        'Antrean Anda tetap disimpan. Jangan kirim foto dokumen lewat pesan ini.',
      en:
        'Report {{code}} cannot go on yet. Still missing: {{documents}}.\n' +
        'Bring the originals to {{office}} and name this report code.\n' +
        'Your place is kept. Do not send photos of documents by this message.',
    },
    approved: 'sinkron_documents',
  }),
  notice_resolved: template({
    purpose: {
      id: 'Kepada pemohon: selesai, terbukti dari bacaan ulang data pusat; sekali untuk setiap penyelesaian.',
      en: 'To the applicant: done, proved by a fresh reading of the central data; once for each time it is done.',
    },
    variables: {
      code,
      where: { id: 'di SSCASN', en: 'on SSCASN' },
      checkAt,
      until: { id: 'Selasa, 8 Desember 2026 pukul 10.05 WIB', en: 'Tuesday, 8 December 2026 at 10:05 WIB' },
    },
    subject: { id: 'Laporan {{code}} selesai', en: 'Report {{code}} is done' },
    text: {
      id:
        'Laporan {{code}} selesai: NIK dan KK Anda di data pusat sudah sesuai.\n' +
        'Silakan coba lagi {{where}} dengan NIK dan nomor KK dari KK terbaru.\n' +
        'Masih ditolak? Minta diperiksa lagi di {{checkAt}} paling lambat {{until}}, tanpa melapor dari awal.',
      en:
        'Report {{code}} is done: your NIK and KK agree in the central data.\n' +
        'Please try again {{where}} with your NIK and the number of your newest family card.\n' +
        'Still refused? Have it checked again at {{checkAt}} by {{until}}, without a new report.',
    },
    approved: 'sinkron_resolved',
  }),
  notice_contest: template({
    purpose: {
      id: 'Kepada pemohon: sebelum waktu minta pemeriksaan ulang habis, bila belum pernah meminta.',
      en: 'To the applicant: before the time to have it checked again ends, unless that was asked already.',
    },
    variables: {
      code,
      checkAt,
      until: { id: 'Selasa, 8 Desember 2026 pukul 10.05 WIB', en: 'Tuesday, 8 December 2026 at 10:05 WIB' },
    },
    subject: { id: 'Laporan {{code}}: masih ditolak?', en: 'Report {{code}}: still refused?' },
    text: {
      id:
        'NIK dan KK Anda masih ditolak setelah laporan {{code}} selesai?\n' +
        'Minta diperiksa lagi di {{checkAt}} sebelum {{until}} dengan kode ini dan tanggal lahir Anda.\n' +
        'Bila sudah berhasil, abaikan pesan ini.',
      en:
        'Are your NIK and KK still refused although report {{code}} is done?\n' +
        'Have it checked again at {{checkAt}} before {{until}} with this code and your birth date.\n' +
        'If it works, ignore this message.',
    },
    approved: 'sinkron_contest',
  }),
};
