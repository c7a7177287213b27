using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Scoring.Administration;
using Scoring.Programmes;
using Scoring.Rules;

namespace Scoring.Contests;

/// <summary>
/// Knows from the public record which administrators were involved in versions and sources, and when a programme was last suspended.
/// Recorded actions never change, so each call reads a programme's record on from where the last call ended.
/// </summary>
internal sealed class PriorInvolvement(IProgrammeStore store)
{
    private const int PageActs = 500;

    private readonly ConcurrentDictionary<ProgrammeId, InvolvedAdministrators> _programmes = new();

    /// <summary>Returns the involved administrators by all actions committed before the call.</summary>
    public async Task<InvolvedAdministrators> Of(ProgrammeId programme)
    {
        var involved = _programmes.GetOrAdd(programme, _ => new InvolvedAdministrators());
        await involved.Gate.WaitAsync();
        try
        {
            while (true)
            {
                var page = await store.ReadRecord(programme, involved.After, PageActs, CancellationToken.None);
                foreach (var act in page) involved.Add(act);
                if (page.Count < PageActs) return involved;
            }
        }
        finally
        {
            involved.Gate.Release();
        }
    }

    /// <summary>The administrators involved in one programme's versions and in all sources. It only grows.</summary>
    public sealed class InvolvedAdministrators
    {
        private readonly ConcurrentDictionary<(string Content, string Administrator), bool> _involved = new();
        private RecordedAdminAction? _suspension;

        /// <summary>The instant of the programme's last suspension; <see langword="null"/> when it was never suspended.</summary>
        public DateTimeOffset? SuspendedAt => _suspension?.At;

        internal SemaphoreSlim Gate { get; } = new(1);

        internal long After { get; private set; }

        /// <summary>Tells whether an administrator wrote or approved a version.</summary>
        public bool InVersion(int number, string administrator) => _involved.ContainsKey((Version(number), administrator));

        /// <summary>Tells whether an administrator proposed or approved a registration of a source.</summary>
        public bool InSource(string source, string administrator) =>
            _involved.ContainsKey((StoppedState.KeyOf(RegistrationKind.Source, source), administrator));

        internal void Add(RecordedAdminAction act)
        {
            After = act.Number;
            if (act.Act == AdminActions.Suspended) _suspension = act;
            if (act.Details is null) return;
            using var parsed = JsonDocument.Parse(act.Details);
            var details = parsed.RootElement;
            if (details.TryGetProperty("registration", out var registration)) Add(registration.GetString()!, act.By);
            if (act.Act != AdminActions.Published || !details.TryGetProperty("number", out var number)) return;
            var version = Version(number.GetInt32());
            Add(version, act.By);
            if (details.TryGetProperty("author", out var author)) Add(version, author.GetString()!);
            if (!details.TryGetProperty("approvals", out var approvals)) return;
            foreach (var name in approvals.EnumerateArray()) Add(version, name.GetString()!);
        }

        private void Add(string content, string administrator)
        {
            if (administrator != AdminActions.ByPlatform) _involved[(content, administrator)] = true;
        }

        private static string Version(int number) => string.Create(CultureInfo.InvariantCulture, $"version/{number}");
    }
}
