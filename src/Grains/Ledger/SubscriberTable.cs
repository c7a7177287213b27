using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Scoring.Subjects;

namespace Scoring.Ledger;

/// <summary>The active subjects of one partition, to which it delivers entries. Each registration has a lease.</summary>
internal sealed class SubscriberTable(TimeProvider time, TimeSpan lease)
{
    private readonly Dictionary<SubjectId, Subscriber> _registrations = [];

    public int Count => _registrations.Count;

    /// <summary>Registers a subject or renews its lease. Returns the registration's number, never 0.</summary>
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

    /// <summary>Removes registrations whose lease has expired.</summary>
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

    /// <summary>One subject's registration.</summary>
    internal sealed class Subscriber(long number, ISubjectGrain grain)
    {
        public long Number { get; } = number;

        public ISubjectGrain Grain { get; } = grain;

        /// <summary>The end of the lease, a timestamp of the table's clock.</summary>
        public long Until { get; set; }
    }
}
