import { type DynamicModule, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { createDataSource, type EntityClass } from './data-source';
import { BlindIndex, Sealing } from './sealing';
import { Transactions } from './transactions';
import type { Config } from '@sinkron/config';
import { DataSource } from 'typeorm';

/** The database for a process: its pool, its transactions, and the keys to what is sealed in it. */
@Module({})
export class DatabaseModule {
  static forRoot(config: Config, entities: EntityClass[]): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      providers: [
        {
          provide: DataSource,
          useFactory: async () => {
            const dataSource = await createDataSource({
              url: config.databaseUrl,
              entities,
              poolSize: config.databasePool,
            });
            return dataSource.initialize();
          },
        },
        {
          provide: Transactions,
          useFactory: (dataSource: DataSource) => new Transactions(dataSource),
          inject: [DataSource],
        },
        { provide: Sealing, useValue: new Sealing(config.dataKeys) },
        { provide: BlindIndex, useValue: new BlindIndex(config.indexKeys) },
        ClosePool,
      ],
      exports: [DataSource, Transactions, Sealing, BlindIndex],
    };
  }
}

/** Closes last: the HTTP server and the queue stop in earlier hooks. */
@Injectable()
class ClosePool implements OnApplicationShutdown {
  constructor(private readonly dataSource: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    await this.dataSource.destroy();
  }
}
