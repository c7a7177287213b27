using Scoring.Keys;

namespace Scoring.Linking;

/// <summary>A person's visit to the linking page of a source.</summary>
/// <param name="State">The random state, by which the portal recognises the visit's answer.</param>
/// <param name="Programme">The programme that the handle is for.</param>
/// <param name="Ordinal">The subject to link it to; <see langword="null"/> for one that the person is about to enrol.</param>
/// <param name="Source">The source's id.</param>
/// <param name="Ends">When the visit ends.</param>
internal sealed record LinkVisit(string State, string Programme, int? Ordinal, string Source, DateTimeOffset Ends);

/// <summary>The visits of one session that are under way. A visit's answer is taken once.</summary>
internal sealed class LinkVisits
{
    /// <summary>How many visits may be under way. The oldest is forgotten for a new one.</summary>
    private const int VisitsMax = 16;

    private readonly List<LinkVisit> _visits = [];

    /// <summary>Begins a visit.</summary>
    public LinkVisit Begin(string programme, int? ordinal, string source, DateTimeOffset ends)
    {
        var visit = new LinkVisit(UnguessableKey.Draw(), programme, ordinal, source, ends);
        lock (_visits)
        {
            if (_visits.Count == VisitsMax) _visits.RemoveAt(0);
            _visits.Add(visit);
        }
        return visit;
    }

    /// <summary>Takes the visit of a state, once; <see langword="null"/> when there is none or it is too old.</summary>
    public LinkVisit? Take(string state, DateTimeOffset now)
    {
        lock (_visits)
        {
            var visit = _visits.Find(visit => visit.State == state);
            if (visit is not null) _visits.Remove(visit);
            return visit?.Ends >= now ? visit : null;
        }
    }
}
