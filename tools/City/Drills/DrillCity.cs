using System.Globalization;
using Scoring.City.Commands;
using Scoring.City.People;
using Scoring.City.Platform;
using Scoring.City.Replays;
using Scoring.Verify.Checkpoints;
using Scoring.Verify.Scores;

namespace Scoring.City.Drills;

/// <summary>What the clients of a drill have: the residents, the acknowledged events, and the checkpoints that were handed out.</summary>
public sealed class DrillCity
{
    private readonly Lock _lock = new();
    private readonly List<OutgoingEvent> _acknowledged = [];
    private readonly SortedDictionary<long, string> _checkpoints = [];
    private readonly Dictionary<string, (string Day, long Score)> _scores = [];
    private readonly List<Resident> _left = [];
    private readonly List<Resident> _staying;

    private DrillCity(ProgrammeDocument programme, IEnumerable<Resident> people)
    {
        Programme = programme;
        _staying = [.. people];
    }

    /// <summary>The programme.</summary>
    public ProgrammeDocument Programme { get; }

    /// <summary>The acknowledged events, in the order of their acknowledgements.</summary>
    public IReadOnlyList<OutgoingEvent> Acknowledged => _acknowledged;

    /// <summary>The checkpoints that were handed out, by their numbers.</summary>
    public IReadOnlyDictionary<long, string> Checkpoints => _checkpoints;

    /// <summary>The public key of the checkpoints.</summary>
    public string CheckpointKey { get; private set; } = "";

    /// <summary>The residents who have left.</summary>
    public IReadOnlyList<Resident> Left => _left;

    /// <summary>The residents who have not left.</summary>
    public IReadOnlyList<Resident> Staying
    {
        get { lock (_lock) return [.. _staying]; }
    }

    /// <summary>The day and the score of each resident who stays, as they were before the database was lost.</summary>
    public IReadOnlyDictionary<string, (string Day, long Score)> Scores => _scores;

    /// <summary>Enrols the residents.</summary>
    public static async Task<DrillCity> Enrol(Session session, int people, CancellationToken cancellationToken)
    {
        var programme = await session.Platform.Programme(ProgrammeNames.SafeDriver, cancellationToken);
        var residents = Enumerable.Range(0, people).Select(
            i => session.Residents.Draw(programme.Id, string.Create(CultureInfo.InvariantCulture, $"driver-{i}")));
        return new DrillCity(programme, await session.Residents.Enrol(programme, [.. residents], _ => { }, cancellationToken));
    }

    /// <summary>Begins to send events about the residents who have not left.</summary>
    public DrillLoad Load(Session session) => new(session, this);

    /// <summary>Adds events that were acknowledged.</summary>
    public void Add(IEnumerable<OutgoingEvent> acknowledged)
    {
        lock (_lock) _acknowledged.AddRange(acknowledged);
    }

    /// <summary>Lets some residents leave.</summary>
    public async Task Leave(Session session, int count, CancellationToken cancellationToken)
    {
        Resident[] leaving;
        lock (_lock)
        {
            leaving = [.. _staying.Take(count)];
            _staying.RemoveRange(0, count);
        }
        foreach (var resident in leaving)
        {
            var token = session.Credentials.ParticipantToken(resident.Participant);
            await session.Api.As(token).Subjects.Of(resident.Programme, resident.Ordinal!.Value).Withdraw(cancellationToken);
            _left.Add(resident);
        }
    }

    /// <summary>Returns what must be there when the database is restored as of now.</summary>
    public async Task<RestorePoint> Mark(Session session, string name, CancellationToken cancellationToken)
    {
        int acknowledged;
        lock (_lock) acknowledged = _acknowledged.Count;
        return new RestorePoint(name, acknowledged, await Latest(session, cancellationToken));
    }

    /// <summary>Keeps every checkpoint that was handed out and the score of each resident who stays.</summary>
    public async Task Remember(Session session, CancellationToken cancellationToken)
    {
        CheckpointKey = (await session.Api.Checkpoints.ReadKeys(cancellationToken)).Split('\n')[0];
        var latest = await Latest(session, cancellationToken);
        for (var number = 1L; number <= latest; number++)
            if (await CheckpointOf(session, number, cancellationToken) is { } note) _checkpoints[number] = note;
        foreach (var resident in _staying) _scores[resident.Who] = await Score(session, resident, cancellationToken);
    }

    /// <summary>Returns the day and the score that a resident sees.</summary>
    public static async Task<(string Day, long Score)> Score(Session session, Resident resident, CancellationToken cancellationToken)
    {
        var token = session.Credentials.ParticipantToken(resident.Participant);
        return await session.Platform.Score(token, resident.Programme, resident.Ordinal!.Value, cancellationToken) is { } score
            ? (score.Day.ToString("O", CultureInfo.InvariantCulture), score.Score)
            : throw new CityException("A resident who has not left has no score.");
    }

    /// <summary>Returns the number of the latest checkpoint; 0 when there is none.</summary>
    public static async Task<long> Latest(Session session, CancellationToken cancellationToken) =>
        await session.Api.Checkpoints.FindLatest(cancellationToken).OrNull() is { } note ? Checkpoint.Read(note).Number : 0;

    /// <summary>Returns a checkpoint; <see langword="null"/> when the platform has none with the number.</summary>
    public static Task<string?> CheckpointOf(Session session, long number, CancellationToken cancellationToken) =>
        session.Api.Checkpoints.Find(number, cancellationToken).OrNull();
}
