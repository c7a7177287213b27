using Orleans.Concurrency;
using Scoring.Administration;
using Scoring.Programmes;

namespace Scoring.Inbox;

/// <summary>See <see cref="IAdminListGrain"/>.</summary>
[GrainType("admin-list"), Reentrant, StatelessWorker]
internal sealed class AdminListGrain(
    IProgrammeStore store, ProgrammeSummaryReader programmes, RegistrationSummaryReader registrations, ProgrammeClock clock)
    : Grain, IAdminListGrain
{
    private const int ProgrammesMax = 100;
    private const int RegistrationsMax = 500;

    public async Task<ProgrammeSummaryPage> Programmes(string administrator, string after, int count) => await programmes.Read(
        await store.Read(CancellationToken.None), clock.Now, administrator, after, Math.Clamp(count, 1, ProgrammesMax));

    public async Task<RegistrationSummaryPage> Registrations(RegistrationKind kind, string administrator, string after, int count) =>
        await registrations.Read(
            await store.Read(CancellationToken.None), kind, administrator, after, Math.Clamp(count, 1, RegistrationsMax));
}
