using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Scoring.Limits;
using Scoring.Problems;

namespace Scoring.Notices;

/// <summary>Bounds the streams of notices of a participant and of this process.</summary>
internal sealed class NoticeStreamLimiter(IOptions<GatewayLimits> limits)
{
    // Keys a participant's name in memory, so that no list of people lies there. New in each process, never written.
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> byParticipant = [];
    private int open;

    /// <summary>Takes a place, until disposed; or says why there is none.</summary>
    public (IDisposable? Place, ProblemResult? Refusal) Open(string participant)
    {
        var name = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(participant)));
        lock (gate)
        {
            var own = byParticipant.GetValueOrDefault(name);
            if (own >= limits.Value.NoticeStreamsPerParticipantMax)
            {
                return (null, new ProblemResult(Problem.TooManyRequests)
                {
                    Detail = $"A participant has at most {limits.Value.NoticeStreamsPerParticipantMax} streams of notices at once.",
                });
            }

            if (open >= limits.Value.NoticeStreamsMax) return (null, new ProblemResult(Problem.Unavailable));
            byParticipant[name] = own + 1;
            open++;
        }

        return (new Lease(this, name), null);
    }

    private void Close(string name)
    {
        lock (gate)
        {
            open--;
            if (--byParticipant[name] == 0) byParticipant.Remove(name);
        }
    }

    private sealed class Lease(NoticeStreamLimiter streams, string name) : IDisposable
    {
        private int closed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref closed, 1) == 0) streams.Close(name);
        }
    }
}
