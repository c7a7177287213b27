namespace Scoring.Simulation;

/// <summary>
/// Shadows coming versions of one programme: once a day, it folds a sample of the subjects under each published version whose first day is
/// in the future, and under the version in force. Key: the programme's name, so the whole cluster does it once.
/// </summary>
[Alias("scoring.IShadowGrain"), GrainInterfaceType("shadow")]
internal interface IShadowGrain : IGrainWithStringKey
{
    /// <summary>
    /// Starts the shadows that are due today, in the background. Returns whether one is running now.
    /// </summary>
    [Alias("Look")]
    Task<bool> Look();
}
