import { BullModule } from '@nestjs/bullmq';
import { Module, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { Person, Ticket } from './ticket.entity';
import { TicketsController, TicketsService } from './tickets.controller';

// The obvious build, as the guides of its parts show it: Nest, ValidationPipe, repository.save, queue.add.

const { DATABASE_URL = '', REDIS_URL = '', PORT } = process.env;
const database = new URL(DATABASE_URL);

const dataSource = {
  provide: DataSource,
  useFactory: () =>
    new DataSource({
      type: 'mariadb',
      username: database.username,
      database: database.pathname.slice(1),
      socketPath: database.searchParams.get('socketPath') ?? undefined,
      poolSize: 10,
      timezone: 'Z',
      entities: [Person, Ticket],
      // Only the first start has tables to make; the starts that are timed find them there.
      synchronize: process.env['SYNCHRONIZE'] === 'yes',
    }).initialize(),
};

@Module({
  imports: [
    BullModule.forRoot({ connection: { path: new URL(REDIS_URL).pathname }, prefix: 'obvious' }),
    BullModule.registerQueue({ name: 'push' }),
  ],
  controllers: [TicketsController],
  providers: [dataSource, TicketsService],
})
class AppModule {}

async function main(): Promise<void> {
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), {
    logger: ['error', 'warn'],
  });
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
  await app.listen(Number(PORT), '127.0.0.1');
}

void main();
process.once('SIGTERM', () => process.exit(0));
