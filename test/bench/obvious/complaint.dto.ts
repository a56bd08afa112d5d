import { Type } from 'class-transformer';
import { IsDateString, IsIn, IsOptional, IsString, Length, Matches, ValidateNested } from 'class-validator';

export class ApplicantDto {
  @IsString() @Length(1, 100) name!: string;
  @Matches(/^\d{16}$/) nik!: string;
  @Matches(/^\d{16}$/) kk!: string;
  @IsDateString() birthDate!: string;
  @IsOptional() @IsString() @Length(1, 100) birthPlace?: string;
  @IsOptional() @IsIn(['M', 'F']) sex?: string;
  @IsOptional() @Matches(/^\+62\d{7,12}$/) phone?: string;
}

export class ComplaintDto {
  @IsIn(['nik_kk_sync']) service!: string;
  @IsIn(['cpns_sscasn', 'pppk_sscasn', 'education', 'bank', 'bpjs', 'other']) purpose!: string;
  @IsString() @Length(1, 64) cause!: string;
  @IsIn(['counter', 'phone', 'whatsapp', 'email', 'web', 'facebook', 'twitter']) channel!: string;
  @ValidateNested() @Type(() => ApplicantDto) applicant!: ApplicantDto;
  @IsOptional() @IsString() @Length(1, 500) symptom?: string;
}
