using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Scoring.Limits;
using Scoring.Problems;

namespace Scoring.Notices;

/// <summary>Limits the open streams of notices of each participant and of this process.</summary>
internal sealed class NoticeStreamLimiter(IOptions<GatewayLimits> limits)
{
    // Hashes participants' names, so that memory holds no list of people. Each process makes its own key and never writes it.
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _openByParticipant = [];
    private int _open;

    /// <summary>Counts a stream until the lease is disposed, or returns why the limit refuses it.</summary>
    public (IDisposable? Lease, ProblemResult? Refusal) Open(string participant)
    {
        var name = Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(participant)));
        lock (_lock)
        {
            var own = _openByParticipant.GetValueOrDefault(name);
            if (own >= limits.Value.NoticeStreamsPerParticipantMax)
            {
                return (null, new ProblemResult(Problem.TooManyRequests)
                {
                    Detail =
                        $"A participant may have {limits.Value.NoticeStreamsPerParticipantMax} open streams of notices. Close one first.",
                });
            }

            if (_open >= limits.Value.NoticeStreamsMax) return (null, new ProblemResult(Problem.Unavailable));
            _openByParticipant[name] = own + 1;
            _open++;
        }

        return (new Lease(this, name), null);
    }

    private void Close(string name)
    {
        lock (_lock)
        {
            _open--;
            if (--_openByParticipant[name] == 0) _openByParticipant.Remove(name);
        }
    }

    private sealed class Lease(NoticeStreamLimiter limiter, string name) : IDisposable
    {
        private int _closed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _closed, 1) == 0) limiter.Close(name);
        }
    }
}
