package io.cordon.web.history;

import io.cordon.alerts.CaseView;
import io.cordon.playbook.CaseSteps.FiredRow;
import java.util.List;

/**
 * All that is known of a case, for whoever checks it.
 *
 * @param lines entries of the log and steps of the engine, one page, oldest first
 * @param differences where the two tell different stories, of the whole case
 * @param next number of the entry with which the next page begins, or null at the end
 */
public record CaseStory(
    CaseView about, List<StoryLine> lines, Long next, List<Differences.Difference> differences, List<PathPicture> paths, List<FiredRow> rows) {}
