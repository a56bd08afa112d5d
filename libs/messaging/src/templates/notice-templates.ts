import { template } from './template';

/** What applicants are told: no name, NIK or KK. */
export const noticeTemplates = {
  notice_received: template({
    purpose: {
      id: 'Kepada pemohon: laporan diterima.',
      en: 'To the applicant: the complaint was received.',
    },
    variables: {
      code: '7K3M-XQ94-HTRJ',
      office: 'Disdukcapil Kabupaten Kudus',
      dueAt: 'Selasa, 24 November 2026 pukul 10.05 WIB',
      checkAt: 'https://sinkron.example/cek',
    },
    subject: { id: 'Laporan {{code}} diterima', en: 'Report {{code}} received' },
    text: {
      id: 'Laporan NIK/KK Anda diterima {{office}}. Kode: {{code}}. Paling lambat {{dueAt}} data sudah sesuai atau petugas menindaklanjuti. Cek di {{checkAt}} dengan kode ini dan tanggal lahir Anda.',
      en: 'Your NIK/KK report was received by {{office}}. Code: {{code}}. By {{dueAt}} the data agree or an officer follows up. Check at {{checkAt}} with this code and your birth date.',
    },
    approved: 'sinkron_received',
  }),
};
