import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { SignedInRequest } from '../auth/route-access';
import { Audit, actedBy } from '@sinkron/audit';
import { OutOfScope } from '@sinkron/tickets';
import { type Observable, catchError } from 'rxjs';

/** A request for a ticket of another region's offices is answered as if there were none, and is audited. */
@Injectable()
export class AuditRefusals implements NestInterceptor {
  constructor(private readonly audit: Audit) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { actor } = context.switchToHttp().getRequest<SignedInRequest>();
    return next.handle().pipe(
      catchError(async (error: unknown) => {
        if (error instanceof OutOfScope && actor) {
          const { ticketId } = error;
          await this.audit.read({ ...actedBy(actor), action: 'refused', ticketId });
        }
        throw error;
      }),
    );
  }
}
