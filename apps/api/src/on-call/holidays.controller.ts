import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentOfficer, May } from '../auth/route-access';
import { mayBeEmpty } from '../http/bodies/empty-body';
import { listOf } from '../http/list-of';
import { holiday, namedHoliday } from './on-call-schemas';
import { Holidays, type HolidayView, type OfficerActor } from '@sinkron/accounts';
import { notFound } from '@sinkron/observability';
import { calendarDay, holidayQuery, type HolidayQuery } from '@sinkron/offices';
import type { z } from 'zod';

/** The days on which offices are closed; one of a node closes every office below it. */
@ApiTags('On call')
@May('on-call:write')
@Controller('v1')
export class HolidaysController {
  constructor(private readonly holidays: Holidays) {}

  @Get('holidays')
  @May('on-call:read')
  @ApiOperation({ summary: 'The days on which an office is closed: its own, and those of the nodes above' })
  @ApiOkResponse({ standardSchema: listOf(holiday) })
  async list(
    @CurrentOfficer() officer: OfficerActor,
    @Query({ schema: holidayQuery }) query: HolidayQuery,
  ): Promise<{ items: HolidayView[]; nextCursor: null }> {
    return { items: await this.holidays.list(officer, query), nextCursor: null };
  }

  @Put('offices/:code/holidays/:day')
  @ApiOperation({ summary: 'Close an office, and all below it, on a day' })
  @ApiOkResponse({ standardSchema: holiday })
  put(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') office: string,
    @Param('day') day: string,
    @Body({ schema: namedHoliday }) { name }: z.output<typeof namedHoliday>,
  ): Promise<HolidayView> {
    return this.holidays.put(officer, { office, day: dayOf(day), name });
  }

  @Delete('offices/:code/holidays/:day')
  @HttpCode(204)
  @RouteConfig(mayBeEmpty)
  @ApiOperation({ summary: 'Remove a holiday of this office; those of the nodes above stay' })
  @ApiNoContentResponse()
  remove(
    @CurrentOfficer() officer: OfficerActor,
    @Param('code') office: string,
    @Param('day') day: string,
  ): Promise<void> {
    return this.holidays.remove(officer, office, dayOf(day));
  }
}

/** A text that is no day of the calendar is not found. */
function dayOf(text: string): string {
  const day = calendarDay.safeParse(text);
  if (!day.success) throw notFound();
  return day.data;
}
