using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Enrolments;

/// <summary>What the silos hold of subjects in memory. An erasure is complete only when it is gone from there too.</summary>
public interface ISubjectMemory
{
    /// <summary>
    /// Makes the silo that holds the subject drop everything about it. An erasure calls it once the enrolment is gone. The next query of a
    /// subject that is enrolled makes its fold again.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">
    /// The silo did not answer. The erasure stays open, and the sweeper continues it.
    /// </exception>
    Task Forget(SubjectKind kind, SubjectId subject);
}

/// <summary>Calls the subject's grain, on any silo.</summary>
internal sealed class ActiveSubjectMemory(IGrainFactory grains, IOptions<ParticipantOptions> options) : ISubjectMemory
{
    public async Task Forget(SubjectKind kind, SubjectId subject)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await grains.Subject(kind, subject).Forget();
                return;
            }
            catch (Exception exception) when (
                exception is TimeoutException or SiloUnavailableException or OrleansMessageRejectionException)
            {
                // The silo that held it may have died, and its memory with it. The next call reaches the grain's new silo.
                if (attempt >= options.Value.ForgetAttemptsMax) throw new LedgerUnavailableException();
            }
        }
    }
}
