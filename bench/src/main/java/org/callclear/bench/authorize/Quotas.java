package org.callclear.bench.authorize;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaFilter;

/** The quotas that the product sets for each party. */
final class Quotas {
    private Quotas() {}

    /** Takes all of them away. */
    static void lift(Admin admin) throws ExecutionException, InterruptedException {
        List<ClientQuotaAlteration> none =
                admin.describeClientQuotas(ClientQuotaFilter.all()).entities().get().entrySet().stream()
                        .map(entity -> new ClientQuotaAlteration(
                                entity.getKey(),
                                entity.getValue().keySet().stream()
                                        .map(name -> new ClientQuotaAlteration.Op(name, null))
                                        .toList()))
                        .toList();
        admin.alterClientQuotas(none).all().get();
    }
}
