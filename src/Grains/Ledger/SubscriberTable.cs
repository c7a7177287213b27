using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Scoring.Subjects;

namespace Scoring.Ledger;

/// <summary>The subjects of one partition that wish to be handed their entries, each for the time of a lease.</summary>
internal sealed class SubscriberTable(TimeProvider time, TimeSpan lease)
{
    private readonly Dictionary<SubjectId, Subscriber> _registrations = [];

    public int Count => _registrations.Count;

    /// <summary>Registers or renews; returns the registration's number, never 0.</summary>
    public long Register(SubjectId subject, ISubjectGrain grain)
    {
        var until = time.GetTimestamp() + (long)(lease.TotalSeconds * time.TimestampFrequency);
        if (TryFind(subject, out var known))
        {
            known.Until = until;
            return known.Number;
        }
        var number = RandomNumber();
        _registrations[subject] = new Subscriber(number, grain) { Until = until };
        return number;
    }

    public void Forget(SubjectId subject, long registration)
    {
        if (_registrations.TryGetValue(subject, out var known) && (registration == 0 || registration == known.Number))
            _registrations.Remove(subject);
    }

    public bool TryFind(SubjectId subject, [NotNullWhen(true)] out Subscriber? registration) =>
        _registrations.TryGetValue(subject, out registration) && registration.Until > time.GetTimestamp();

    /// <summary>Strikes off whose lease has run out.</summary>
    public void Sweep()
    {
        var now = time.GetTimestamp();
        foreach (var (subject, registration) in _registrations)
            if (registration.Until <= now) _registrations.Remove(subject);
    }

    private static long RandomNumber()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return BitConverter.ToInt64(bytes) | 1;
    }

    /// <summary>One subject's place in the table.</summary>
    internal sealed class Subscriber(long number, ISubjectGrain grain)
    {
        public long Number { get; } = number;

        public ISubjectGrain Grain { get; } = grain;

        /// <summary>End of the lease, a timestamp of the table's clock.</summary>
        public long Until { get; set; }
    }
}
