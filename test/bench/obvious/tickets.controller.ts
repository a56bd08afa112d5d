import { InjectQueue } from '@nestjs/bullmq';
import { Body, Controller, Get, Injectable, Post } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { DataSource, type Repository } from 'typeorm';
import { ComplaintDto } from './complaint.dto';
import { Ticket } from './ticket.entity';

@Injectable()
export class TicketsService {
  private readonly tickets: Repository<Ticket>;

  constructor(
    dataSource: DataSource,
    @InjectQueue('push') private readonly queue: Queue,
  ) {
    this.tickets = dataSource.getRepository(Ticket);
  }

  /** No look-up of who is known already: the obvious build would need one more round trip for it. */
  async create({ applicant, ...complaint }: ComplaintDto): Promise<Ticket> {
    const ticket = await this.tickets.save(this.tickets.create({ ...complaint, person: applicant }));
    await this.queue.add('push', { ticketId: ticket.id });
    return ticket;
  }
}

@Controller()
export class TicketsController {
  constructor(private readonly tickets: TicketsService) {}

  @Post('v1/tickets')
  create(@Body() complaint: ComplaintDto): Promise<Ticket> {
    return this.tickets.create(complaint);
  }

  @Get('health')
  health() {
    return { status: 'ok' };
  }
}
