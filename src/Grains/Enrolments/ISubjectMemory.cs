using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Scoring.Ledger;
using Scoring.Subjects;

namespace Scoring.Enrolments;

/// <summary>What the silos hold of subjects in memory. An erasure is not over before it is gone from there too.</summary>
public interface ISubjectMemory
{
    /// <summary>Lets whichever silo holds the subject drop everything of it. Called once its enrolment is gone.</summary>
    /// <exception cref="LedgerUnavailableException">Its silo did not answer: not now; the erasure stays open.</exception>
    Task Forget(SubjectKind kind, SubjectId subject);
}

/// <summary>Tells the subject's grain, wherever it lives.</summary>
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
                // The silo that held it may just have died, and its memory with it; the next call goes where it lives now.
                if (attempt >= options.Value.ForgetAttemptsMax) throw new LedgerUnavailableException();
            }
        }
    }
}
