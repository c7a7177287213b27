using Orleans.Metadata;
using Orleans.Runtime;
using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Owners;

/// <summary>What the writers of all silos remember of subjects. An erasure is complete only when it is gone from there too.</summary>
internal interface IWriterMemories
{
    /// <summary>Makes the writers of all silos forget a subject that has left.</summary>
    /// <exception cref="LedgerUnavailableException">
    /// A silo did not answer. The erasure stays open, and the sweeper continues it.
    /// </exception>
    Task Forget(SubjectId subject);
}

/// <summary>Calls the writer of every silo.</summary>
internal sealed class ClusterWriterMemories(
    PostgresLedger ledger, ISiloStatusOracle silos, IPartitionWriterClient writers, IClusterManifestProvider manifests,
    GrainInterfaceTypeResolver types) : IWriterMemories
{
    private readonly GrainInterfaceType _writer = types.GetGrainInterfaceType(typeof(IPartitionWriter));

    public async Task Forget(SubjectId subject)
    {
        ledger.Forget(subject);
        var others = silos.GetApproximateSiloStatuses(onlyActive: true).Keys
            .Where(silo => !silo.Equals(silos.SiloAddress) && Remembers(silo));
        try
        {
            await Task.WhenAll(others.Select(silo => writers.Forget(silo, subject)));
        }
        catch (Exception exception) when (exception is TimeoutException or SiloUnavailableException or OrleansException)
        {
            throw new LedgerUnavailableException();
        }
    }

    /// <summary>Whether a silo's writer remembers anything: one of an earlier build has no such service and no memory.</summary>
    private bool Remembers(SiloAddress silo) =>
        !manifests.Current.Silos.TryGetValue(silo, out var manifest) || manifest.Interfaces.ContainsKey(_writer);
}
